/** Versions of EC2's paths: the one that guests ask for by its date, and the newest. */
export const EC2_VERSIONS: readonly string[] = ['2009-04-04', 'latest'];

/** Versions of OpenStack's, as Zed's Nova lists them; they all say the same here. */
export const OPENSTACK_VERSIONS: readonly string[] = [
  '2012-08-10',
  '2013-04-04',
  '2013-10-17',
  '2015-10-15',
  '2016-06-30',
  '2016-10-06',
  '2017-02-22',
  '2018-08-27',
  '2020-10-14',
  'latest',
];
