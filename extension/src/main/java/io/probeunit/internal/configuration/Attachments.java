package io.probeunit.internal.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** When lines are printed that make Jenkins, GitLab and Azure Pipelines attach report files to a test. */
public enum Attachments {
    /** Where one of these systems runs the build. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER;

    /**
     * The lines for some files.
     *
     * @param files of a test that failed
     * @param environment of this process
     * @return none where they are not wanted
     */
    public Stream<String> lines(Stream<Path> files, Map<String, String> environment) {
        boolean wanted = this == ALWAYS
                || this == AUTO
                        && Stream.of("JENKINS_URL", "GITLAB_CI", "TF_BUILD").anyMatch(environment::containsKey);
        // GitLab looks for artifacts by their path in the project
        Optional<Path> project = Optional.ofNullable(environment.get("CI_PROJECT_DIR"))
                .filter(folder -> environment.containsKey("GITLAB_CI"))
                .map(Path::of);
        return wanted
                ? files.map(file -> "[[ATTACHMENT|%s]]"
                        .formatted(project.filter(file::startsWith)
                                .map(folder -> folder.relativize(file))
                                .orElse(file)))
                : Stream.empty();
    }
}
