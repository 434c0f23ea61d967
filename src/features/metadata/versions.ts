/** Versions in EC2's paths: the one that guests request by its date, and the newest. */
export const EC2_VERSIONS: readonly string[] = ['2009-04-04', 'latest'];

/** Versions of OpenStack's metadata, as Zed's Nova lists them. Here all have the same content. */
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
