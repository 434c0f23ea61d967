# Usage: unshare --mount sh throw-away-root.sh WORK HIDDEN SHARED PROGRAM [ARGUMENT]…
# Runs a program on an overlay over this machine's files. Everything that it writes is in memory, and is deleted with
# the mount namespace. HIDDEN, a folder, is empty there; SHARED is /mnt; the written files are in /srv.
set -e
work=$1 hidden=$2 shared=$3
shift 3
mount --make-rprivate /
mount -t tmpfs tmpfs "$work"
mkdir "$work/upper" "$work/work" "$work/root" "$work/shared"
mount --bind "$shared" "$work/shared"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root"
cd "$work/root"
for folder in proc sys dev; do mount --rbind "/$folder" "$folder"; done
for folder in run tmp ".$hidden"; do
  if [ -d "$folder" ]; then mount -t tmpfs tmpfs "$folder"; fi
done
mount --bind "$work/shared" mnt
mount --bind "$work/upper" srv
# Not chroot(8): the lab enters mount namespaces, and so leaves a root that is only that of a process.
pivot_root . media
cd /
umount -l /media
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
