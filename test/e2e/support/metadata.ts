import type { Network } from './network.ts';

/** Sends a request to the metadata service, and returns its status and body. */
export async function get(network: Network, from: string, path: string, method = 'GET'): Promise<string> {
  const script = `alarm 5; my $s = IO::Socket::INET->new(PeerAddr => "169.254.169.254:80", Timeout => 3) or die "$@\\n";
    print $s "${method} ${path} HTTP/1.0\\r\\n\\r\\n"; local $/; my ($head, $body) = split /\\r\\n\\r\\n/, <$s>, 2;
    my ($status) = $head =~ /^\\S+ (\\d+)/; print "$status $body"`;
  const { stdout, stderr } = await network.try(from, `perl -MIO::Socket::INET -e '${script}'`);
  return stdout + stderr;
}
