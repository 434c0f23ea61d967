/**
 * The first process of the virtual machine. It takes its address by DHCP, as any image does, then does what the
 * kernel's command line requests: `tcp=ADDRESS:PORT` (connect, and read the greeting) and `fetch=URL,URL` (HTTP). It
 * prints its results, one per line: `@lease ADDRESS ROUTER DNS MTU NAME`, `@heard TEXT`, `@fetched URL TEXT`, `@ready`.
 * A client that connects to port 22 is greeted. Debian's static busybox crashes with `wget -T` (seen with 1.35.0).
 */
export const GUEST_INIT = `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in $(cat /modules/order); do insmod "/modules/$module"; done
ip link set dev lo up
ip link set dev eth0 up
udhcpc -i eth0 -f -q -n -t 20 -T 1 -s /lease.sh
peer=$(sed -n 's/.*tcp=\\([^ ]*\\).*/\\1/p' /proc/cmdline)
[ -z "$peer" ] || echo "@heard $(nc -w 10 "\${peer%:*}" "\${peer#*:}" </dev/null)"
for url in $(sed -n 's/.*fetch=\\([^ ]*\\).*/\\1/p' /proc/cmdline | tr , ' '); do
  echo "@fetched $url $(timeout 10 wget -q -O - "$url" 2>&1 | tr '\\n' ' ')"
done
echo @ready
while :; do echo "a virtual machine greets you" | nc -l -p 22; done
`;

/** The script that its DHCP client calls. */
export const GUEST_LEASE = `#!/bin/sh
[ "$1" = bound ] || exit 0
ip address add "$ip/$mask" dev eth0
ip link set dev eth0 mtu "\${mtu:-1500}"
[ -z "$router" ] || ip route add default via "$router"
echo "@lease $ip/$mask $router $dns $mtu $hostname"
`;
