package org.testcontainers.containers;

/** Stands in for the type of Testcontainers, which this module does not depend on: only its name matters. */
public interface ContainerState {}
