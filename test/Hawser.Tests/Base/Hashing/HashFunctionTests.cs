using System;
using System.Linq;
using System.Text;
using Hawser.Base.Hashing;
using Xunit;

namespace Hawser.Tests.Base.Hashing;

public class HashFunctionTests
{
    private sealed record Vector(
        string KeyHex,
        uint Sdbm, uint SdbmAvalanche, uint Djb2, uint Djb2Avalanche, uint Wt6, uint Wt6Avalanche,
        uint Crc32, uint Crc32Avalanche, uint Crc32C, uint Crc32CAvalanche,
        uint XxHash32Seed0, uint XxHash32Seed1, long XxHash64Seed0, long XxHash64Seed1);

    // Answers of HAProxy 3.5-dev5, and the same of 2.6.12: the converters of these names without and with the argument 1
    // applied to the decoded key.
    private static readonly Vector[] s_vectors =
    [
        new("61",
            97, 1830748055, 177670, 3548763807, 1900802597, 1986649387,
            3904355907, 1288200982, 3251651376, 626010576,
            1426945110, 4111757423, -3292477735350538661, -2395144786285869370),
        new("616263",
            807794786, 659243622, 193485963, 2235766107, 2483038440, 266135527,
            891568578, 930845320, 910901175, 1285784220,
            852579327, 2856167679, 4952883123889572249, -4708009277469325048),
        new("61626364",
            3518636162, 2236161834, 2090069583, 1062536028, 3652983515, 4187236387,
            3984772369, 3551951197, 2462583345, 941516728,
            2741253893, 3194890655, -2449070131962342708, -730500759694830253),
        new("30313233343536373839",
            2833570821, 846001325, 995771986, 1166795928, 4283931488, 3155630772,
            2793719750, 2460890697, 671876766, 3426255672,
            2500631562, 2631621909, 4566581271137380327, -4219333000455482084),
        new("3139322e3136382e312e31",
            2744588789, 4183571711, 3398482796, 771980607, 2881734074, 293505249,
            2286285663, 3062672666, 1732811928, 1398476384,
            636137207, 1232151886, 4727775843391247014, 7079916317583729090),
        new("ff80e9",
            2115080680, 2211069829, 193659149, 3051493234, 879454426, 3970988260,
            2743873384, 3230313154, 2434793981, 3324294792,
            1234756726, 779152444, 2356351206154126854, -209461495483480601),
        new("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
            1466467344, 1529825179, 2184770837, 334653927, 4110725197, 1569466673,
            2280057893, 282311474, 2387266366, 110212398,
            2122502976, 517928235, -8547467638672933505, 6303968162367006937),
        new("787878787878787878787878787878787878787878787878787878787878787878",
            889069688, 3190416193, 3778873629, 3551053030, 843161816, 1663767432,
            1874842540, 3079555764, 2103175046, 2771755617,
            827008391, 2013662291, -5477988621476558682, -6649070448645882596),
        new("74686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672c207468656e2072657374732061207768696c6520696e20746865207368616465206f66207472656573",
            4133155614, 546689576, 3657968505, 3484683604, 4031156785, 3194887067,
            2396803551, 3925881481, 1992377736, 3213873309,
            986104510, 2030020551, 7099903247762898019, 212885611023533973),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, s_vectors.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Every_hash_is_the_one_haproxy_computes(int index)
    {
        Vector vector = s_vectors[index];
        byte[] key = Convert.FromHexString(vector.KeyHex);
        Assert.Equal(vector.Sdbm, HashFunctions.Compute(HashFunction.Sdbm, isAvalanche: false, key));
        Assert.Equal(vector.SdbmAvalanche, HashFunctions.Compute(HashFunction.Sdbm, isAvalanche: true, key));
        Assert.Equal(vector.Djb2, HashFunctions.Compute(HashFunction.Djb2, isAvalanche: false, key));
        Assert.Equal(vector.Djb2Avalanche, HashFunctions.Compute(HashFunction.Djb2, isAvalanche: true, key));
        Assert.Equal(vector.Wt6, HashFunctions.Compute(HashFunction.Wt6, isAvalanche: false, key));
        Assert.Equal(vector.Wt6Avalanche, HashFunctions.Compute(HashFunction.Wt6, isAvalanche: true, key));
        Assert.Equal(vector.Crc32, HashFunctions.Compute(HashFunction.Crc32, isAvalanche: false, key));
        Assert.Equal(vector.Crc32Avalanche, HashFunctions.Compute(HashFunction.Crc32, isAvalanche: true, key));
        Assert.Equal(vector.Crc32C, Crc32C.Compute(key));
        Assert.Equal(vector.Crc32CAvalanche, HashFunctions.Avalanche(Crc32C.Compute(key)));
        Assert.Equal(vector.XxHash32Seed0, XxHash32.Compute(key, 0));
        Assert.Equal(vector.XxHash32Seed1, XxHash32.Compute(key, 1));
        Assert.Equal(vector.XxHash64Seed0, (long)XxHash64.Compute(key, 0));
        Assert.Equal(vector.XxHash64Seed1, (long)XxHash64.Compute(key, 1));
    }

    // Seen as the server that HAProxy 3.5-dev5 picks out of 97 equal ones with "hash-type map-based none".
    [Theory]
    [InlineData("0", 0)]
    [InlineData("96", 96)]
    [InlineData("97", 0)]
    [InlineData("007", 7)]
    [InlineData("12abc", 12)]
    [InlineData("abc", 0)]
    [InlineData("-5", 30)]
    [InlineData("+5", 5)]
    [InlineData("--5", 0)]
    [InlineData(" 5", 0)]
    [InlineData("1.9", 1)]
    [InlineData("0x10", 0)]
    [InlineData("4294967295", 34)]
    [InlineData("4294967301", 5)]
    [InlineData("9223372036854775807", 34)]
    [InlineData("9223372036854775808", 34)]
    [InlineData("99999999999999999999", 34)]
    [InlineData("-99999999999999999999", 0)]
    [InlineData("10000000000", 76)]
    public void Without_a_hash_the_key_is_a_number(string key, int server) => Assert.Equal(
        server, (int)(HashFunctions.Compute(HashFunction.None, isAvalanche: false, Encoding.ASCII.GetBytes(key)) % 97));

    [Fact]
    public void A_checksum_does_not_depend_on_the_pieces()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Crc32C crc = new();
            crc.Append(bytes.AsSpan(0, cut));
            crc.Append(bytes.AsSpan(cut));
            Assert.Equal(Crc32C.Compute(bytes), crc.Value);
        }
    }
}
