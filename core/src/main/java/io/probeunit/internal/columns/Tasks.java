package io.probeunit.internal.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tasks that fired, each once, so that a firing needs only a number for its own. Finding one that is known makes no
 * object. Thread-safe.
 */
final class Tasks {

    private static final int NONE = -1;
    private static final int FIRST_SEATS = 16;

    private final List<Task> tasks = new ArrayList<>();

    /** Numbers of tasks by their hash, the next free seat if that is taken; a power of two, at most half full. */
    private int[] seats = emptySeats(FIRST_SEATS);

    /**
     * A task under one name; a task that executes another program has another one.
     *
     * @param pid its process
     * @param tid its own id
     * @param command its name
     */
    record Task(int pid, int tid, String command) {

        boolean is(int otherPid, int otherTid, String otherCommand) {
            return tid == otherTid && pid == otherPid && command.equals(otherCommand);
        }
    }

    synchronized int number(int pid, int tid, String command) {
        int seat = seat(pid, tid, command);
        if (seats[seat] == NONE) {
            tasks.add(new Task(pid, tid, command));
            seats[seat] = tasks.size() - 1;
            if (2 * tasks.size() > seats.length) {
                grow();
                return tasks.size() - 1;
            }
        }
        return seats[seat];
    }

    synchronized Task get(int number) {
        return tasks.get(number);
    }

    /** Where a task is, or would be. */
    private int seat(int pid, int tid, String command) {
        int mask = seats.length - 1;
        int seat = ((pid * 31 + tid) * 31 + command.hashCode()) * 0x9e3779b9 >>> 7 & mask;
        while (seats[seat] != NONE && !tasks.get(seats[seat]).is(pid, tid, command)) {
            seat = seat + 1 & mask;
        }
        return seat;
    }

    private void grow() {
        seats = emptySeats(2 * seats.length);
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            seats[seat(task.pid(), task.tid(), task.command())] = i;
        }
    }

    private static int[] emptySeats(int number) {
        int[] empty = new int[number];
        Arrays.fill(empty, NONE);
        return empty;
    }
}
