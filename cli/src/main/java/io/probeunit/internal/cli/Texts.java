package io.probeunit.internal.cli;

/** Text of containers and files, made safe for a terminal and for Java. */
final class Texts {

    private Texts() {}

    /** Without what could end the line, or control a terminal. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}|[\u0080-\u009f\u2028\u2029]", "\ufffd");
    }

    /** The same in a comment of Java, where a backslash may begin an escape. */
    static String comment(String text) {
        return "// " + line(text).replace("\\", "\\\\");
    }

    /** Between quotes of Java. */
    static String literal(String text) {
        return "\"" + line(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
