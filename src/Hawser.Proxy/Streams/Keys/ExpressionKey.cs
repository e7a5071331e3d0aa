using System;
using System.Buffers.Binary;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>"balance hash" and "balance rdp-cookie" (manual, "balance"): the value of an expression, as bytes.</summary>
public sealed class ExpressionKey(SampleExpression expression, KeyHash hash) : SessionKey
{
    public override BalanceKey Of(Waiter session)
    {
        SessionLogSource source = RuleSource.Of((Session)session, isFinal: true);
        Sample sample = default;
        if (hash.TakesNumbers) return expression.TryEvaluate(source, SampleType.String, ref sample) ? hash.Of(sample.Bytes) : default;
        if (!expression.TryEvaluate(source, ref sample)) return default;
        if (sample.IsBytes) return hash.Of(sample.Bytes);
        if (sample.IsAddress) return hash.Of(sample.Address.AddressBytes);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, sample.Integer);
        return hash.Of(number);
    }
}
