package io.probeunit.internal.names;

/** The parts of the grammar, which need each other, over one name; for one thread. */
final class CxxGrammar {

    private final CxxCursor cursor;
    private final CxxReferences references;
    private final CxxEffort effort = new CxxEffort();
    private final CxxEncodings encodings;
    private final CxxNames names;
    private final CxxTypes types;
    private final CxxArguments arguments;

    CxxGrammar(CxxCursor cursor) {
        this.cursor = cursor;
        references = new CxxReferences(cursor);
        encodings = new CxxEncodings(this);
        names = new CxxNames(this);
        types = new CxxTypes(this);
        arguments = new CxxArguments(this);
    }

    CxxCursor cursor() {
        return cursor;
    }

    CxxReferences references() {
        return references;
    }

    CxxEffort effort() {
        return effort;
    }

    CxxEncodings encodings() {
        return encodings;
    }

    CxxNames names() {
        return names;
    }

    CxxTypes types() {
        return types;
    }

    CxxArguments arguments() {
        return arguments;
    }
}
