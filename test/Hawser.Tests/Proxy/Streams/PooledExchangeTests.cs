using System;
using System.Linq;
using System.Reflection;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>What one request has set does not reach the next one that uses the same objects.</summary>
public sealed class PooledExchangeTests
{
    // Begun anew with each head, given back at its end, or set wherever something else says that they count.
    private static readonly string[] s_setElsewhere =
    [
        "RequestParser", "ResponseParser", "Kept", "KeptBytes", "TunnelRequestAt", "TunnelResponseAt", "ServiceCall",
        "IsServiceRuled", "IsServiceHeadMade", "IsServiceAdmin",
    ];

    [Fact]
    public void An_exchange_forgets_its_request()
    {
        HttpExchange used = new(fieldsMaximum: 4, blockBytes: 1024, uriBytesMaximum: 64);
        HttpExchange fresh = new(fieldsMaximum: 4, blockBytes: 1024, uriBytesMaximum: 64);
        FieldInfo[] fields =
        [
            .. typeof(HttpExchange).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => !field.IsInitOnly && field.FieldType.IsPrimitive && !s_setElsewhere.Contains(field.Name)),
        ];
        Assert.True(fields.Length > 20);
        foreach (FieldInfo field in fields) field.SetValue(used, Other(field.FieldType));
        used.Reset();
        foreach (FieldInfo field in fields) Assert.True(Equals(field.GetValue(fresh), field.GetValue(used)), $"{field.Name} stays");
    }

    private static object Other(Type type) => type == typeof(bool) ? true : Convert.ChangeType(77, type, null);
}
