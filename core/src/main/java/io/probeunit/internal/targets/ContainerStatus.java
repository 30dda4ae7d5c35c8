package io.probeunit.internal.targets;

/**
 * A container as its daemon describes it.
 *
 * @param id 64 hexadecimal digits
 * @param name without the leading slash
 * @param image as the container was started from it
 * @param status Docker's word: {@code running}, {@code paused}, {@code restarting}, {@code exited}, …
 * @param pid the first process, in the PID namespace of the daemon's machine; 0 if none runs
 * @param startedAt when it was last started, RFC 3339
 * @param exitCode of its last end; means nothing while it runs
 * @param outOfMemory whether the kernel ended a process of it since the container had no memory left
 */
public record ContainerStatus(
        String id,
        String name,
        String image,
        String status,
        long pid,
        String startedAt,
        long exitCode,
        boolean outOfMemory) {

    /**
     * Says whether the container has processes.
     *
     * @return true while it runs, also when it is paused
     */
    public boolean isRunning() {
        return pid > 0 && (status.equals("running") || status.equals("paused"));
    }

    /**
     * The first digits of the id, as Docker's own tools print them.
     *
     * @return 12 hexadecimal digits
     */
    public String shortId() {
        return id.substring(0, Math.min(12, id.length()));
    }
}
