using System;
using System.Globalization;

namespace Hawser.Expressions.Converters;

/// <summary>What a packet of MQTT holds: the numbers are those of its properties, or, above them, of its other parts.</summary>
internal enum MqttField
{
    PayloadFormat = 1,
    MessageExpiry = 2,
    ContentType = 3,
    ResponseTopic = 8,
    CorrelationData = 9,
    SessionExpiry = 17,
    AssignedClient = 18,
    ServerKeepAlive = 19,
    AuthenticationMethod = 21,
    AuthenticationData = 22,
    RequestProblem = 23,
    WillDelay = 24,
    RequestResponse = 25,
    ResponseInformation = 26,
    ServerReference = 28,
    Reason = 31,
    ReceiveMaximum = 33,
    TopicAliasMaximum = 34,
    MaximumQuality = 36,
    RetainAvailable = 37,
    UserProperty = 38,
    MaximumPacket = 39,
    WildcardAvailable = 40,
    IdentifiersAvailable = 41,
    SharedAvailable = 42,

    Flags = 1000,
    ProtocolName,
    ProtocolVersion,
    ClientIdentifier,
    WillTopic,
    WillPayload,
    UserName,
    Password,
    KeepAlive,
    ReasonCode,
}

/// <summary>The names and numbers of packets and fields in a configuration.</summary>
internal static class MqttNames
{
    public const int Connect = 1;
    public const int Acknowledgement = 2;

    private static readonly string[] s_packets =
    [
        "connect", "connack", "publish", "puback", "pubrec", "pubrel", "pubcomp", "subscribe", "suback", "unsubscribe",
        "unsuback", "pingreq", "pingresp", "disconnect", "auth",
    ];

    /// <summary>1 to 15; null for no packet.</summary>
    public static int? Packet(string name)
    {
        int at = Array.FindIndex(s_packets, packet => packet.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at >= 0) return at + 1;
        bool isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber && number >= 1 && number <= s_packets.Length ? number : null;
    }

    /// <summary>Null for what this packet does not have.</summary>
    public static MqttField? Field(int packet, string name)
    {
        bool isConnect = packet == Connect;
        if (!isConnect && packet != Acknowledgement) return null;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return Part(isConnect, name);
        MqttField field = (MqttField)number;
        return number < (int)MqttField.Flags && (isConnect ? IsInConnect(field) : IsInAcknowledgement(field)) ? field : null;
    }

    public static bool IsInConnect(MqttField property) => IsInWill(property) || property is MqttField.SessionExpiry
        or MqttField.AuthenticationMethod or MqttField.AuthenticationData or MqttField.RequestProblem
        or MqttField.RequestResponse or MqttField.ReceiveMaximum or MqttField.TopicAliasMaximum or MqttField.MaximumPacket;

    public static bool IsInWill(MqttField property) => property is MqttField.PayloadFormat or MqttField.MessageExpiry
        or MqttField.ContentType or MqttField.ResponseTopic or MqttField.CorrelationData or MqttField.WillDelay
        or MqttField.UserProperty;

    public static bool IsInAcknowledgement(MqttField property) => property is MqttField.SessionExpiry
        or MqttField.AssignedClient or MqttField.ServerKeepAlive or MqttField.AuthenticationMethod
        or MqttField.AuthenticationData or MqttField.ResponseInformation or MqttField.ServerReference or MqttField.Reason
        or MqttField.ReceiveMaximum or MqttField.TopicAliasMaximum or MqttField.MaximumQuality or MqttField.RetainAvailable
        or MqttField.UserProperty or MqttField.MaximumPacket or MqttField.WildcardAvailable
        or MqttField.IdentifiersAvailable or MqttField.SharedAvailable;

    private static MqttField? Part(bool isConnect, string name) => name.ToLowerInvariant() switch
    {
        "flags" => MqttField.Flags,
        "protocol_version" => MqttField.ProtocolVersion,
        "reason_code" when !isConnect => MqttField.ReasonCode,
        "protocol_name" when isConnect => MqttField.ProtocolName,
        "client_identifier" when isConnect => MqttField.ClientIdentifier,
        "will_topic" when isConnect => MqttField.WillTopic,
        "will_payload" when isConnect => MqttField.WillPayload,
        "username" when isConnect => MqttField.UserName,
        "password" when isConnect => MqttField.Password,
        "keepalive" when isConnect => MqttField.KeepAlive,
        _ => null,
    };
}
