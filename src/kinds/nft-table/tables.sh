# Prints the tables of the bridge family in JSON; nothing where there is no nft that can be used.
command -v nft >/dev/null 2>&1 && nft -j list tables bridge 2>/dev/null
:
