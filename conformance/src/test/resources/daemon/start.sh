# What the first process of a machine would have done. $1 is "lab" where root lacks CAP_SYS_RESOURCE, else empty; what follows
# is for dockerd.
set -e
runtime=$1
shift
# Where Docker manages cgroup v1, a container is shown nothing of v2. On a machine with v2 alone it is there, as here.
if ! grep -q ' - cgroup2 ' /proc/self/mountinfo; then
  mkdir -p /sys/fs/cgroup/unified
  mount -t cgroup2 none /sys/fs/cgroup/unified
fi
exec dockerd -H tcp://0.0.0.0:2375 -H unix:///var/run/docker.sock --tls=false \
  ${runtime:+--add-runtime "$runtime=/usr/local/bin/$runtime" --default-runtime "$runtime"} "$@"
