# Prints everything below a topology's folder, and the folders that lead to it, as files.pl does. Arguments: the folder
# of all topologies, the topology's, the text of files.pl.
[ ! -d "$2" ] || find "$1" -path "$1/*" ! -path "$2" ! -path "$2/*" -prune -o \
  -printf '%y %m %U:%G %C@ %p\0' | perl -e "$3" -- "$2"
