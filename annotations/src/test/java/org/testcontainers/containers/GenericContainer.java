package org.testcontainers.containers;

/** Stands in for the type of Testcontainers. */
public class GenericContainer implements ContainerState {}
