# Usage: sh install-and-purge.sh TRY_OUT
# Installs /mnt/netloom.deb, runs TRY_OUT with it, purges it, and prints the files that are left. Only for a throw-away
# root, whose written files are in /srv (throw-away-root.sh).
set -e
written() { (cd /srv && find . -path ./var/lib/dpkg -prune -o -path ./var/log -prune -o ! -type d -print); }
netloom_folders() {
  find /etc /usr /var/lib /var/cache -xdev -name '*netloom*' ! -path '/var/lib/dpkg/*' ! -path '/usr/local/*'
}
# What this machine's own root has of netloom's runs.
rm -rf /var/lib/netloom /var/cache/netloom
folders=$(netloom_folders)
before=$(written)
dpkg --no-triggers --install /mnt/netloom.deb
if command -v systemd-analyze; then systemd-analyze --man=no verify netloom@demo.service; fi
# A copy: man keeps a page that it has formatted, if it is an installed one.
cp /usr/share/man/man1/netloom.1.gz /tmp
man --local-file --warnings /tmp/netloom.1.gz >/dev/null
test -d /etc/netloom
test "$(netloom schema --path)" = /usr/share/netloom/schemas/topology.schema.json
bash -n /usr/share/bash-completion/completions/netloom
test ! -e /etc/systemd/system/multi-user.target.wants/netloom@demo.service
# The layout library comes with the package.
netloom graph --format svg /usr/share/doc/netloom/examples/minimal.yaml | tail -n 1 | grep -qx '</svg>'
sh "$1" netloom
dpkg --no-triggers --purge netloom
# dash remembers where it found a command of a pipeline.
hash -r
if command -v netloom; then exit 1; fi
test "$(written)" = "$before" || { echo "left behind:"; written; exit 1; }
test "$(netloom_folders)" = "$folders" || { echo "folders left behind:"; netloom_folders; exit 1; }
echo "nothing is left"
