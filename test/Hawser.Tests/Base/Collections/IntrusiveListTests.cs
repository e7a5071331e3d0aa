using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Hawser.Base.Collections;
using Xunit;

namespace Hawser.Tests.Base.Collections;

public class IntrusiveListTests
{
    private sealed record Member(int Id);

    [Fact]
    public void It_behaves_as_a_list()
    {
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 100].Sample(steps =>
        {
            ListLink<Member>[] links = [.. Enumerable.Range(0, 10).Select(id => new ListLink<Member>(new(id)))];
            IntrusiveList<Member> list = new();
            List<Member> model = [];
            foreach ((int operation, int index, int place) in steps)
            {
                ListLink<Member> link = links[index];
                ListLink<Member> beside = links[place];
                switch (operation)
                {
                    case 0 when !link.IsLinked:
                        list.AddFirst(link);
                        model.Insert(0, link.Owner);
                        break;
                    case 1 when !link.IsLinked:
                        list.AddLast(link);
                        model.Add(link.Owner);
                        break;
                    case 2 when !link.IsLinked && beside.IsLinked:
                        list.AddBefore(link, beside);
                        model.Insert(model.IndexOf(beside.Owner), link.Owner);
                        break;
                    case 3 when !link.IsLinked && beside.IsLinked:
                        list.AddAfter(link, beside);
                        model.Insert(model.IndexOf(beside.Owner) + 1, link.Owner);
                        break;
                    case 4:
                        link.Unlink();
                        model.Remove(link.Owner);
                        break;
                    case 5:
                        Assert.Same(model.FirstOrDefault(), list.RemoveFirst());
                        if (model.Count > 0) model.RemoveAt(0);
                        break;
                    case 6:
                        Assert.Same(model.LastOrDefault(), list.RemoveLast());
                        if (model.Count > 0) model.RemoveAt(model.Count - 1);
                        break;
                }
            }

            Assert.Equal(model, Walk(list));
            Assert.Equal(Enumerable.Reverse(model), WalkBack(list));
            Assert.Equal(model.Count, list.Count);
            Assert.Equal(model.Count == 0, list.IsEmpty);
            Assert.All(links, link => Assert.Equal(model.Contains(link.Owner), link.IsLinkedIn(list)));
        });
    }

    [Fact]
    public void A_loop_may_unlink_the_member_it_is_at()
    {
        IntrusiveList<Member> list = new();
        ListLink<Member>[] links = [.. Enumerable.Range(0, 5).Select(id => new ListLink<Member>(new(id)))];
        foreach (ListLink<Member> link in links) list.AddLast(link);
        foreach (Member member in list)
        {
            if (member.Id % 2 == 0) links[member.Id].Unlink();
        }

        Assert.Equal([1, 3], Walk(list).Select(member => member.Id));
    }

    private static List<Member> Walk(IntrusiveList<Member> list)
    {
        List<Member> members = [];
        foreach (Member member in list) members.Add(member);
        return members;
    }

    private static IEnumerable<Member> WalkBack(IntrusiveList<Member> list)
    {
        for (ListLink<Member>? link = list.Last; link is not null; link = link.Previous) yield return link.Owner;
    }
}
