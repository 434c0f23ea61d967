# Prints what identifies a node until it is rebooted: the boot, and the inode of its own network namespace.
node_identity() {
  printf '%s %s\n' "$(cat /proc/sys/kernel/random/boot_id)" "$(stat -L -c %i /proc/self/ns/net)"
}
