package io.probeunit.internal.targets;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A way along a path inside a container, one name after the other, which never leaves the container's root: what is a link
 * is for the caller to find out and to say. For one thread.
 */
public final class PathWalk {

    /** As many links as the kernel follows in one path; path_resolution(7). */
    public static final int MOST_LINKS = 40;

    private final Deque<String> todo = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private int links;

    /**
     * Begins at the root.
     *
     * @param path as in the container; taken from the root whether it begins with {@code /} or not
     */
    public PathWalk(String path) {
        push(path);
    }

    /**
     * The names that come next and lead downwards; {@code ..} in front of them is gone along on the way.
     *
     * @return empty at the end
     */
    public List<String> ahead() {
        while ("..".equals(todo.peek())) {
            todo.pop();
            leave();
        }
        return todo.stream().takeWhile(name -> !name.equals("..")).toList();
    }

    /**
     * Goes to the next name; {@code ..} is gone along on the way.
     *
     * @return false at the end
     */
    public boolean advance() {
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (!name.equals("..")) {
                done.add(name);
                return true;
            }
            leave();
        }
        return false;
    }

    /**
     * Where the way has led so far.
     *
     * @return an absolute path without {@code .} and {@code ..}
     */
    public String here() {
        return "/" + String.join("/", done);
    }

    /**
     * Says whether the rest of the way goes up.
     *
     * @return true if a {@code ..} is still to come
     */
    public boolean goesUp() {
        return todo.contains("..");
    }

    /**
     * Goes on with what the link that is {@link #here} leads to.
     *
     * @param link the link's text
     * @return false if it is one link too many, and was not followed
     */
    public boolean follow(String link) {
        if (++links > MOST_LINKS) {
            return false;
        }
        if (link.startsWith("/")) {
            done.clear();
        } else {
            leave();
        }
        push(link);
        return true;
    }

    private void leave() {
        if (!done.isEmpty()) {
            done.remove(done.size() - 1);
        }
    }

    private void push(String path) {
        List<String> names = Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
        for (int i = names.size() - 1; i >= 0; i--) {
            todo.push(names.get(i));
        }
    }
}
