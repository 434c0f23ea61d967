# Prints the paths of everything in the folders of all topologies, without the folders themselves, each ended by NUL. In
# base64, because a name may hold a line end. Argument: the folder that holds the topologies' folders.
[ ! -d "$1" ] || find "$1" -mindepth 2 ! -type d -print0 | base64 -w0
