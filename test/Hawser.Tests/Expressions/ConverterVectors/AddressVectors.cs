using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class AddressVectors : ConverterVector
{
    [Theory]
    [InlineData("ipv4(10.1.2.3),ipmask(24)", "10.1.2.0")]
    [InlineData("ipv4(10.1.2.3),ipmask(255.255.0.0)", "10.1.0.0")]
    [InlineData("ipv4(10.1.2.3),ipmask(255.0.255.0)", "10.0.2.0")]
    [InlineData("ipv4(10.1.2.3),ipmask(0)", "0.0.0.0")]
    [InlineData("ipv4(10.1.2.3),ipmask(32)", "10.1.2.3")]
    [InlineData("ipv4(10.1.2.3),ipmask(33)", "ERROR: invalid arg 1 in converter 'ipmask' : failed to parse '33' as type 'IPv4 mask' at position 1")]
    [InlineData("ipv4(10.1.2.3),ipmask(x)", "ERROR: invalid arg 1 in converter 'ipmask' : failed to parse 'x' as type 'IPv4 mask' at position 1")]
    [InlineData("ipv4(10.1.2.3),ipmask", "ERROR: invalid arg 1 in converter 'ipmask' : expected type 'IPv4 mask' at position 1, but got nothing")]
    [InlineData("ipv4(10.1.2.3),ipmask()", "ERROR: invalid arg 1 in converter 'ipmask' : expected type 'IPv4 mask' at position 1, but got nothing")]
    [InlineData("ipv6(2001:db8:1:2::1),ipmask(24)", "-")]
    [InlineData("ipv6(2001:db8:1:2::1),ipmask(24,48)", "2001:db8:1::")]
    [InlineData("ipv6(2001:db8:1:2::1),ipmask(24,ffff:ffff::)", "2001:db8::")]
    [InlineData("ipv6(2001:db8:1:2::1),ipmask(24,129)", "ERROR: invalid arg 2 in converter 'ipmask' : failed to parse '129' as type 'IPv6 mask' at position 2")]
    [InlineData("ipv6(2001:db8:1:2::1),ipmask(24,0)", "::")]
    [InlineData("ipv6(2001:db8:1:2::1),ipmask(24,x)", "ERROR: invalid arg 2 in converter 'ipmask' : failed to parse 'x' as type 'IPv6 mask' at position 2")]
    [InlineData("ipv6(::ffff:10.1.2.3),ipmask(24)", "10.1.2.0")]
    [InlineData("ipv6(::ffff:10.1.2.3),ipmask(24,64)", "10.1.2.0")]
    [InlineData("ipv6(2002:a01:203::1),ipmask(24,64)", "10.1.2.0")]
    [InlineData("ipv6(64:ff9b::10.1.2.3),ipmask(24,96)", "64:ff9b::")]
    [InlineData("str(10.1.2.3),ipmask(24)", "10.1.2.0")]
    [InlineData("str(10.1.2.3),ipmask(24,64)", "10.1.2.0")]
    [InlineData("int(1),ipmask(24)", "0.0.0.0")]
    public void A_mask_leaves_the_network(string expression, string expected) => Holds(expression, expected);
}
