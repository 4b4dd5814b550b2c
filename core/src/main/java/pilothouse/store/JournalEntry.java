package pilothouse.store;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// One operation as the journal keeps it.
///
/// @param kind the [Operation]'s
/// @param by   who did it
/// @param at   when, by the clock of that machine: a claim, not an order
public record JournalEntry(String kind, String by, Instant at, JsonNode payload) {}
