# Gives folders their mode and owner. While a folder was closed, a daemon below may have read nothing: the stamps of all
# of them are deleted first, so that each reads its files again even if this apply ends here. The lock is for the
# daemons that are updated at the same time: a stamp written in between is not deleted. Arguments: MODE OWNER as one
# word, as stat prints them, and the folders.
facts=$1
shift
for folder; do
  exec 8<"$folder" && flock 8 || exit
  [ "$(stat -c '%a %u:%g' "$folder")" != "$facts" ] || continue
  find "$folder" -path '*/state/stamp' -type f -delete
  chown "${facts#* }" "$folder" && chmod "${facts% *}" "$folder" || exit
done
