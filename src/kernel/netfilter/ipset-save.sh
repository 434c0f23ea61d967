# Prints of `ipset save` what is of sets with names such as Neutron's, and ends as it did.
command -v ipset >/dev/null 2>&1 || exit 0
exec 4>&1
code=$({ { ipset save; echo $? >&3; } | grep -aE '^(create|add) NIPv[46]' >&4; } 3>&1)
exit "$code"
