package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against the real shell: texts are data, whatever is in them. */
class ShellTextTest {

    private static final String ECHO = "nl='\n'\nIFS= read -r line\neval \"set -- $line\"\nprintf '%s.' \"$#\" \"$@\"";

    @Property(tries = 300)
    void aShellReadsATextAsItWasMeant(@ForAll("texts") String text) throws IOException {
        assertThat(shellSees(ShellText.quoted(text))).isEqualTo("1." + text + ".");
    }

    @Property(tries = 50)
    void severalStayApart(@ForAll("texts") String one, @ForAll("texts") String other) throws IOException {
        String words = ShellText.quoted(one) + " " + ShellText.quoted(other);

        assertThat(words).doesNotContain("\n");
        assertThat(shellSees(words)).isEqualTo("2." + one + "." + other + ".");
    }

    @Example
    void whatNoShellCanHoldIsRefused() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> ShellText.quoted("a\0b"))
                .withMessageContaining("NUL");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> nasty = Arbitraries.of(
                "'", "\"", "\\", "$(id)", "`id`", "${x}", "\n", "\r", "\t", " ", "*", "?", "[a]", "~", ";", "&", "|",
                "#", "!", "-n", "%s", "\\0", "\\n", "nl", "$nl", "=", "é", "\u0081", "\u0088", "😀", "");
        Arbitrary<String> any = Arbitraries.strings()
                .all()
                .excludeChars('\0')
                .ofMaxLength(20)
                // half of a pair is no text
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        return Arbitraries.oneOf(nasty, any).list().ofMaxSize(6).map(parts -> String.join("", parts));
    }

    private static String shellSees(String words) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", ECHO)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = shell.getInputStream()) {
            shell.getOutputStream().write((words + "\n").getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().close();
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
