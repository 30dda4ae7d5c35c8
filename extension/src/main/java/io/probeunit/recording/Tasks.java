package io.probeunit.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks that fired, each once, so that a firing needs only a number for its own. Not thread-safe for adding. */
final class Tasks {

    private final Map<Task, Integer> numbers = new HashMap<>();
    private final List<Task> tasks = new ArrayList<>();

    /**
     * A task under one name; a task that executes another program has another one.
     *
     * @param pid its process
     * @param tid its own id
     * @param command its name
     */
    record Task(int pid, int tid, String command) {}

    synchronized int number(Task task) {
        Integer known = numbers.get(task);
        if (known != null) {
            return known;
        }
        tasks.add(task);
        numbers.put(task, tasks.size() - 1);
        return tasks.size() - 1;
    }

    synchronized Task get(int number) {
        return tasks.get(number);
    }
}
