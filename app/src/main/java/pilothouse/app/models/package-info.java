/// What can run here, and what the local engine is doing. A [pilothouse.app.models.ModelRow] is a file with what its
/// header says; [pilothouse.app.models.ModelsViewModel] loads, unloads and adds; [pilothouse.app.models.ModelsPage]
/// shows it.
package pilothouse.app.models;
