package io.probeunit.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** Tests that run in parallel take turns at a container that they share, and only then. */
class TargetLocksTest {

    @Test
    void methods_take_turns_at_one_container() {
        assertTurnsAreTaken(MethodsOfOneClass.MEETING, MethodsOfOneClass.class);
    }

    @Test
    void classes_take_turns_at_the_container_of_their_superclass() {
        assertTurnsAreTaken(SharedBySuperclass.MEETING, FirstOfSharing.class, SecondOfSharing.class);
    }

    @Test
    void nested_classes_take_turns_at_the_container_around_them() {
        assertTurnsAreTaken(AroundNested.MEETING, AroundNested.class);
    }

    @Test
    void a_test_without_probes_takes_turns_under_settings_of_the_class() {
        assertTurnsAreTaken(OneProbesOneDoesNot.MEETING, OneProbesOneDoesNot.class);
    }

    @Test
    void classes_with_different_containers_run_together() {
        assertAllMeet(OtherContainer.MEETING, OneContainer.class, OtherContainer.class);
    }

    @Test
    void methods_with_containers_of_their_own_run_together() {
        assertAllMeet(InstanceContainers.MEETING, InstanceContainers.class);
    }

    /** The lock is that of the methods, not of the class, so classes that share a container alternate. */
    @Test
    void annotations_on_a_class_do_not_lock_the_whole_class() {
        Run run = Run.inParallel(FirstWhollyAnnotated.class, SecondWhollyAnnotated.class);

        run.assertSucceeded(2);
        assertThat(WhollyAnnotated.BEFORE.met()).isTrue();
        assertThat(WhollyAnnotated.DURING.met()).isFalse();
    }

    private static void assertTurnsAreTaken(Meeting meeting, Class<?>... testClasses) {
        Run run = Run.inParallel(testClasses);

        run.assertSucceeded(2);
        assertThat(meeting.met()).isFalse();
    }

    private static void assertAllMeet(Meeting meeting, Class<?>... testClasses) {
        Run run = Run.inParallel(testClasses);

        run.assertSucceeded(2);
        assertThat(meeting.met()).isTrue();
    }

    static class MethodsOfOneClass {
        static final Meeting MEETING = Meeting.unwanted();
        static final GenericContainer CONTAINER = new GenericContainer();

        @Test
        @ExpectMark("m")
        void first() {
            MEETING.attend();
        }

        @Test
        @ProbeFunction("f")
        @ProbeFunction("g")
        void second() {
            MEETING.attend();
        }
    }

    abstract static class SharedBySuperclass {
        static final Meeting MEETING = Meeting.unwanted();
        static final GenericContainer CONTAINER = new GenericContainer();

        @Test
        @ExpectMark("m")
        void test() {
            MEETING.attend();
        }
    }

    static class FirstOfSharing extends SharedBySuperclass {}

    static class SecondOfSharing extends SharedBySuperclass {}

    static class AroundNested {
        static final Meeting MEETING = Meeting.unwanted();
        static final GenericContainer CONTAINER = new GenericContainer();

        @Nested
        class First {
            @Test
            @ExpectMark("m")
            void test() {
                MEETING.attend();
            }
        }

        @Nested
        @ExpectMark("m")
        class Second {
            @Test
            void test() {
                MEETING.attend();
            }
        }
    }

    @ProbeSettings
    static class OneProbesOneDoesNot {
        static final Meeting MEETING = Meeting.unwanted();
        static final GenericContainer CONTAINER = new GenericContainer();

        @Test
        @ExpectMark("m")
        void first() {
            MEETING.attend();
        }

        @Test
        void second() {
            MEETING.attend();
        }
    }

    static class OneContainer {
        static final GenericContainer CONTAINER = new GenericContainer();

        @Test
        @ExpectMark("m")
        void test() {
            OtherContainer.MEETING.attend();
        }
    }

    static class OtherContainer {
        static final Meeting MEETING = Meeting.wanted();
        static final GenericContainer CONTAINER = new GenericContainer();

        @Test
        @ExpectMark("m")
        void test() {
            MEETING.attend();
        }
    }

    @ExpectMark("m")
    static class InstanceContainers {
        static final Meeting MEETING = Meeting.wanted();
        final GenericContainer container = new GenericContainer();

        @Test
        void first() {
            MEETING.attend();
        }

        @Test
        void second() {
            MEETING.attend();
        }
    }

    @ExpectMark("m")
    abstract static class WhollyAnnotated {
        static final Meeting BEFORE = Meeting.wanted();
        static final Meeting DURING = Meeting.unwanted();
        static final GenericContainer CONTAINER = new GenericContainer();

        @BeforeAll
        static void prepare() {
            BEFORE.attend();
        }

        @Test
        void test() {
            DURING.attend();
        }
    }

    static class FirstWhollyAnnotated extends WhollyAnnotated {}

    static class SecondWhollyAnnotated extends WhollyAnnotated {}

    /** Two tests come together here if they run at the same time; who is alone leaves after a while. */
    private static final class Meeting {
        private final CyclicBarrier barrier = new CyclicBarrier(2, () -> this.met = true);
        private final long patienceMillis;
        private volatile boolean met;

        private Meeting(long patienceMillis) {
            this.patienceMillis = patienceMillis;
        }

        static Meeting wanted() {
            return new Meeting(20_000);
        }

        static Meeting unwanted() {
            return new Meeting(500);
        }

        void attend() {
            try {
                barrier.await(patienceMillis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | BrokenBarrierException alone) {
                // met stays false
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        boolean met() {
            return met;
        }
    }
}
