namespace Hawser.Expressions.Compilation;

/// <summary>The types of arguments that are checked before a row's own preparation sees them.</summary>
public enum ArgumentType : byte
{
    /// <summary>Any text, also an empty one.</summary>
    Text,

    /// <summary>Signed, 64 bits.</summary>
    Integer,
    IPv4Address,
    IPv6Address,

    /// <summary>A number of bits (0 to 32) or a dotted mask.</summary>
    IPv4Mask,

    /// <summary>A number of bits (0 to 128) or a mask in the form of an address.</summary>
    IPv6Mask,

    /// <summary>The name of a frontend; the current proxy when it is left out.</summary>
    Frontend,

    /// <summary>The name of a backend; the current proxy when it is left out.</summary>
    Backend,

    /// <summary>[backend/]server.</summary>
    Server,

    /// <summary>The name of a proxy with a stick-table, or of a peers section's; the current proxy's when left out.</summary>
    Table,

    /// <summary>The name of a userlist section.</summary>
    UserList,

    /// <summary>A regular expression, compiled by the row's preparation, which knows the flags.</summary>
    Regex,

    /// <summary>Numbers joined by dots.</summary>
    ProtobufField,
}
