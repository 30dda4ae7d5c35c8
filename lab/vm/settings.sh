# Sourced by the scripts of this folder: where the virtual machine is kept, and by which ports it is reached.
# shellcheck shell=bash disable=SC2034,SC2154

vm=$cache/vm
log=$vm/vm.log                  # what the tools called from here print
console=$vm/console.log         # what the guest prints while it boots
process=$vm/qemu.pid            # of the machine that runs, if one does

address=127.0.0.1               # nobody else can reach it
docker_port=23750               # the guest's Docker engine
ssh_port=23722
first_port=23800 last_port=23863 # those that its containers expose, the same here and there
patience=600                    # seconds that it may take until its Docker engine answers

# Says whether a virtual machine runs.
machine_runs() { [ -s "$process" ] && [[ $(ps -o comm= -p "$(<"$process")") == qemu-* ]]; }
