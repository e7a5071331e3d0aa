namespace Hawser.Proxy.Backends;

/// <summary>What a hashing balancer chooses by: the hash of the key, already computed with the backend's hash function.</summary>
/// <param name="Hash">The hash of the key, the avalanche modifier of "hash-type" already applied.</param>
/// <param name="HasKey">False when the session has no such key: the algorithm falls back to round robin.</param>
public readonly record struct BalanceKey(uint Hash, bool HasKey);
