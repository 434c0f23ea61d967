# Prints every regular file below a folder, as files.pl does. Arguments: the folder, the text of files.pl.
[ -d "$1" ] && find "$1" -type f -print0 | perl -e "$2"
:
