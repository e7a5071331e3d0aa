using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class UrlVectors : ConverterVector
{
    [Theory]
    [InlineData("str(a%20b+c?d+e%41%zz),url_dec", "-")]
    [InlineData("str(a%20b+c?d+e%41),url_dec", "a b+c?d eA")]
    [InlineData("str(a%20b+c?d+e%41),url_dec(1)", "a b c?d eA")]
    [InlineData("str(a%20b+c?d+e%41),url_dec(0)", "a b+c?d eA")]
    [InlineData("str(a%2),url_dec", "-")]
    [InlineData("str(a%),url_dec", "-")]
    [InlineData("str(a%00b),url_dec", "a")]
    [InlineData("str(%gg),url_dec", "-")]
    [InlineData("str(%41+?+%42+),url_dec(-1)", "A ? B ")]
    public void Percent_encoding_is_undone(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(ab c),url_enc(query)", "ab%20c")]
    [InlineData("str(ab c),url_enc(path)", "ERROR: invalid args in converter 'url_enc' : Unexpected encode type. Allowed value is 'query'")]
    [InlineData("str(ab c),url_enc()", "ab%20c")]
    [InlineData("bin(410042),url_enc", "A")]
    [InlineData("bin(c3a90a7f),url_enc", "%C3%A9%0A%7F")]
    [InlineData("str(a/b?d=e&f~g-h_i.j!k*l:@+;$%),url_enc", "a%2Fb%3Fd%3De%26f~g-h_i.j%21k%2Al%3A%40%2B%3B%24%25")]
    public void Percent_encoding_is_done(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(Host:80),host_only", "host")]
    [InlineData("str(Host),host_only", "host")]
    [InlineData("str([::1]:80),host_only", "[::1]")]
    [InlineData("str([::1]),host_only", "[::1]")]
    [InlineData("str(127.0.0.1:),host_only", "127.0.0.1")]
    [InlineData("str(a:b:80),host_only", "a:b")]
    [InlineData("str(host:8x),host_only", "host")]
    [InlineData("str(host:),host_only", "host")]
    [InlineData("str(:80),host_only", "-")]
    [InlineData("str(),host_only", "-")]
    [InlineData("str(::1),host_only", ":")]
    [InlineData("str([::1]x),host_only", "[::1]x")]
    public void A_host_has_no_port(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(Host:80),port_only", "80")]
    [InlineData("str(Host),port_only", "0")]
    [InlineData("str([::1]:80),port_only", "80")]
    [InlineData("str([::1]),port_only", "0")]
    [InlineData("str(127.0.0.1:),port_only", "0")]
    [InlineData("str(a:b:80),port_only", "80")]
    [InlineData("str(host:8x),port_only", "152")]
    [InlineData("str(host:99999),port_only", "99999")]
    [InlineData("str(host:65536),port_only", "65536")]
    [InlineData("str(host:65535),port_only", "65535")]
    [InlineData("str(host:00080),port_only", "80")]
    [InlineData("str(host:-1),port_only", "4294967267")]
    [InlineData("str(host:+1),port_only", "4294967247")]
    [InlineData("str(:80),port_only", "80")]
    [InlineData("str(),port_only", "0")]
    [InlineData("str(::1),port_only", "1")]
    [InlineData("str([::1]x),port_only", "0")]
    [InlineData("str([::1]x:80),port_only", "80")]
    public void A_port_is_behind_the_host(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(mail.example.com),reverse_dom", "com.example.mail")]
    [InlineData("str(mail.example.com.),reverse_dom", "com.example.mail")]
    [InlineData("str(mail..com),reverse_dom", "-")]
    [InlineData("str(.com),reverse_dom", "-")]
    [InlineData("str(.),reverse_dom", "-")]
    [InlineData("str(),reverse_dom", "-")]
    [InlineData("str(com),reverse_dom", "com")]
    [InlineData("str(com..),reverse_dom", "-")]
    public void Labels_are_reversed(string expression, string expected) => Holds(expression, expected);
}
