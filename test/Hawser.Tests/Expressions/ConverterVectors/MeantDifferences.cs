using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>Where converters answer otherwise than haproxy, on purpose: the entries of docs/divergences.md.</summary>
public sealed class MeantDifferences : ConverterVector
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc";

    [Theory]
    [InlineData("int(0),http_date", "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("int(0),utime(%Y-%m-%d)", "1970-01-01")]
    public void The_date_0_is_the_first_day_of_1970(string expression, string value) => Holds(expression, value);

    [Theory]
    [InlineData("int(-1),ms_utime(\"%Y-%m-%d %H:%M:%S\")", "1969-12-31 23:59:59")]
    [InlineData("int(-86400000),ms_utime(%Y-%m-%d)", "1969-12-31")]
    [InlineData("int(-1500000),us_utime(\"%Y %S\")", "1969 58")]
    public void Milliseconds_before_1970_are_dates_of_1969(string expression, string value) => Holds(expression, value);

    [Theory]
    [InlineData("int(-1),ms_utime(%3N)", "999")]
    [InlineData("int(-1500),ms_utime(\"%S %3N\")", "58 500")]
    [InlineData("int(-500000),us_utime(\"%S %6N\")", "59 500000")]
    public void A_fraction_before_1970_counts_from_its_second_on(string expression, string value) => Holds(expression, value);

    [Theory]
    [InlineData("str(\"en;q=0,fr\"),language(\"fr;en\")", "fr")]
    [InlineData("str(\"fr;q=0,en;q=0.5\"),language(\"fr;en\")", "en")]
    public void A_language_that_is_not_wanted_leaves_the_ones_behind_it(string expression, string value) => Holds(expression, value);

    [Theory]
    [InlineData($"str({Token}),jwt_header_query", "{\"alg\":\"HS256\"}")]
    [InlineData($"str({Token}),jwt_payload_query", "{\"a\":1}")]
    public void A_part_of_a_token_is_given_whole_when_no_path_is(string expression, string value) => Holds(expression, value);

    [Theory]
    [InlineData("AAEC", "AAECAAAAAAAAAAAAAAAAAA==")]
    [InlineData("", "AAAAAAAAAAAAAAAAAAAAAA==")]
    public void A_nonce_of_CBC_that_is_no_block_is_filled_with_zeroes(string nonce, string filled) => Holds(
        $"str(hello),aes_cbc_enc(128,{nonce},MDEyMzQ1Njc4OWFiY2RlZg==),aes_cbc_dec(128,{filled},MDEyMzQ1Njc4OWFiY2RlZg==)", "hello");
}
