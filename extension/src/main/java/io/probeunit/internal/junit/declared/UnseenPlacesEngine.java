package io.probeunit.internal.junit.declared;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * Fails if annotations would be ignored: in places that JUnit does not look at, so that no extension of JUnit Jupiter
 * runs. It has one failing test for each class with such annotations, and no test for other classes.
 *
 * <p>JUnit finds it on the class path by itself.
 */
public final class UnseenPlacesEngine implements TestEngine {

    private static final EngineDiscoveryRequestResolver<TestDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<TestDescriptor>builder()
                    .addClassContainerSelectorResolver(UnseenPlacesEngine::isTestClass)
                    .addSelectorResolver(new Classes())
                    .build();

    /** Made by JUnit. */
    public UnseenPlacesEngine() {
        // nothing to prepare
    }

    @Override
    public String getId() {
        return "probeunit";
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        TestDescriptor engine = new EngineDescriptor(id, "ProbeUnit");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        TestDescriptor engine = request.getRootTestDescriptor();
        listener.executionStarted(engine);
        engine.getChildren().forEach(child -> {
            listener.executionStarted(child);
            listener.executionFinished(child, TestExecutionResult.failed(((Ignored) child).failure()));
        });
        listener.executionFinished(engine, TestExecutionResult.successful());
    }

    private static boolean isTestClass(Class<?> type) {
        try {
            return UnseenPlaces.isTestClass(type);
        } catch (LinkageError | TypeNotPresentException toldByJupiter) {
            return false;
        }
    }

    private static List<String> problems(Class<?> type) {
        try {
            return UnseenPlaces.isTestClass(type) ? UnseenPlaces.in(type) : List.of();
        } catch (LinkageError | TypeNotPresentException toldByJupiter) {
            return List.of();
        }
    }

    private static final class Classes implements SelectorResolver {

        @Override
        public Resolution resolve(ClassSelector selector, Context context) {
            Class<?> type = selector.getJavaClass();
            List<String> problems = problems(type);
            if (problems.isEmpty()) {
                return Resolution.unresolved();
            }
            return context.addToParent(parent -> Optional.of(new Ignored(parent.getUniqueId(), type, problems)))
                    .map(ignored -> Resolution.match(Match.exact(ignored)))
                    .orElse(Resolution.unresolved());
        }

        @Override
        public Resolution resolve(MethodSelector selector, Context context) {
            return Resolution.selectors(Set.of(DiscoverySelectors.selectClass(selector.getJavaClass())));
        }
    }

    /** A class with annotations that would be ignored. */
    private static final class Ignored extends AbstractTestDescriptor {

        private final List<String> problems;

        Ignored(UniqueId parent, Class<?> type, List<String> problems) {
            super(parent.append("class", type.getName()), type.getSimpleName(), ClassSource.from(type));
            this.problems = List.copyOf(problems);
        }

        ExtensionConfigurationException failure() {
            return new ExtensionConfigurationException(String.join("\n", problems));
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }
    }
}
