# Prints the connection by which this node is reached over SSH: client, its port, server, its port. Empty without one.
# `ended` before it: there is no such socket, and no other connection is known. Of an IPv4 connection, lines with the
# rp_filter of all devices follow.
printf '%s\n' "${NETLOOM_SSH_ENDED:+ended }${SSH_CONNECTION:-}"
case ${SSH_CONNECTION:-} in
# In the folder: for a path from the root the kernel looks through all namespaces.
*.*) (cd /proc/sys/net/ipv4/conf && grep . ./*/rp_filter) || : ;;
esac
