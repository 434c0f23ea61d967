# Prints the tables of the bridge family in JSON; nothing without a working nft.
command -v nft >/dev/null 2>&1 && nft -j list tables bridge 2>/dev/null
:
