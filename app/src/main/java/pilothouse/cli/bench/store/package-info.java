/// `pilothouse bench store`. [pilothouse.cli.bench.store.StoreBench] fills a store (`StoreLoad`) and measures it
/// (`StoreProbe`) at each of its `StoreSizes`, then the runs' file (`RunLoad`, `RunProbe`).
package pilothouse.cli.bench.store;
