# Prints the Wi-Fi interfaces of this node with their modes. Without iw(8) nothing is known of them.
command -v iw >/dev/null || exit 0
iw dev 2>/dev/null || exit 0
