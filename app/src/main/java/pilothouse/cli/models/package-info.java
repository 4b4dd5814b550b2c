/// `pilothouse models ...`: the model files that the local engine can load.
package pilothouse.cli.models;
