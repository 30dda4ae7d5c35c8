package io.probeunit.internal.plan;

/** Says which file inside a container is meant. */
public sealed interface BinarySelector {

    /** The default of the target: what {@code @Probed(binary = …)} names, else the executable of its main process. */
    record TargetDefault() implements BinarySelector {
        @Override
        public String toString() {
            return "the target's default binary";
        }
    }

    /**
     * A path as it is inside the container.
     *
     * @param path absolute, with '/' as separator
     */
    record AbsolutePath(String path) implements BinarySelector {
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * A file name, looked up among what the container's processes have mapped, then PATH, then the library folders.
     *
     * @param name without any '/'
     */
    record FileName(String name) implements BinarySelector {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Reads the text of a {@code binary} attribute.
     *
     * @param text "" for the target's default
     * @return the selector
     * @throws PlanException if the text is neither an absolute path nor a plain file name
     */
    static BinarySelector parse(String text) {
        if (text.isEmpty()) {
            return new TargetDefault();
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new PlanException(
                    "binary = \"%s\" holds a control character, such as a line break or a tab, which is shown as \ufffd here (PU0210); take it out."
                            .formatted(text.replaceAll("\\p{Cntrl}", "\ufffd")));
        }
        if (text.startsWith("/")) {
            if (text.endsWith("/")) {
                throw new PlanException("binary = \"%s\" names a folder; name a file (PU0211).".formatted(text));
            }
            return new AbsolutePath(text);
        }
        if (text.indexOf('/') >= 0) {
            throw new PlanException(
                    "binary = \"%s\" is a relative path; give an absolute path in the container (\"/usr/bin/app\") or a bare file name (\"app\", \"libc.so.6\") (PU0212)."
                            .formatted(text));
        }
        return new FileName(text);
    }
}
