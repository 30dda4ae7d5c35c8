package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {

    private final List<String> asked = new ArrayList<>();

    @Test
    void the_size_of_a_page_is_asked_for_once() {
        Kernel local = new LocalKernel();
        Pages pages = new Pages((Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(local, arguments);
                }));

        assertThat(pages.size()).isIn(4096, 16384, 65536).isEqualTo(pages.size());
        assertThat(asked).containsExactly("call");
    }
}
