# Prints the path of everything below the folders of all topologies but the folders themselves, each ended by NUL. In
# base64, for a name may hold a line end. Argument: the folder that holds them.
[ ! -d "$1" ] || find "$1" -mindepth 2 ! -type d -print0 | base64 -w0
