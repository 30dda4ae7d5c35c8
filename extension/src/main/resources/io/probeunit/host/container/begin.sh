# Makes the place in which our tools run inside a container, and goes on there with another script:
#   sh -c "$(cat begin.sh)" sh NAME HERE NEXT
# NAME names this agent alone; HERE is settle.sh and NEXT is agent.sh.
missing=
for tool in cat dd env grep head ln mkdir mount nsenter od readlink rm rmdir sleep stat tail umount uname unshare wc; do
  command -v "$tool" >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
  printf 'failed the image has no%s, which the packages coreutils, grep, mount and util-linux hold\n' "$missing"
  exit 1
fi
exec unshare --mount sh -c "$2" sh "$1" "$3"
