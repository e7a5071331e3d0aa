using System;
using Hawser.Base.Hashing;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Function = Hawser.Base.Hashing.HashFunction;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>"hash-type": how the bytes of a key become a number.</summary>
public sealed class KeyHash(HashTypeConfig config)
{
    private readonly Function _function = config.Function switch
    {
        Config.Model.HashFunction.Djb2 => Function.Djb2,
        Config.Model.HashFunction.Wt6 => Function.Wt6,
        Config.Model.HashFunction.Crc32 => Function.Crc32,
        Config.Model.HashFunction.None => Function.None,
        _ => Function.Sdbm,
    };

    /// <summary>The key is a number already ("none"): what it is read from is a text.</summary>
    public bool TakesNumbers => _function == Function.None;

    public BalanceKey Of(ReadOnlySpan<byte> key) => new(HashFunctions.Compute(_function, config.IsAvalanche, key), HasKey: true);
}
