package directory

import (
	"slices"

	"dirdesk/models"
)

// dedupe leaves each name once.
func dedupe(values []string) (out []string) {
	for _, v := range values {
		if !slices.ContainsFunc(out, func(w string) bool { return models.DN(v).Equal(models.DN(w)) }) {
			out = append(out, v)
		}
	}
	return out
}

// editSomeMembers notes who comes into a group or leaves it, without a look at
// all the others.
func (d changer) editSomeMembers(g *entry, out *edits, c AttributeChange, strict bool) *refusal {
	if g.class.kind != kindGroup {
		return refuse(65, "Choose a group.", "attribute 'member' on entry '%s' does not exist in the specified objectclasses!", g.dn())
	}
	named, r := adding(d.Directory).targets(attributeByName("member"), dedupe(c.Values))
	if r != nil {
		return r
	}
	for _, m := range named {
		isIn := m.isMember(g)
		primary := m.class.account && m.primaryGroup == g.rid
		switch {
		case c.How == models.Append && !isIn && !primary:
			out.joined, out.any = append(out.joined, m), true
		case c.How == models.Remove && isIn:
			out.left, out.any = append(out.left, m), true
		case !strict && !primary:
		case c.How == models.Append && (strict || primary):
			return d.mayJoin(g, m)
		case primary:
			return refuse(16, "It is the account's primary group.", "error in module repl_meta_data: No such attribute during LDB_MODIFY (16)")
		default:
			return refuse(53, "It is no member.", "Attribute member doesn't exist for target GUID %s", reading(d.Directory).guid(m))
		}
	}
	return nil
}

// editMembers notes who comes into a group and who leaves it.
func (d changer) editMembers(g *entry, out *edits, after []string) *refusal {
	if g.class.kind != kindGroup {
		return refuse(65, "Choose a group.", "attribute 'member' on entry '%s' does not exist in the specified objectclasses!", g.dn())
	}
	wanted, r := adding(d.Directory).targets(attributeByName("member"), after)
	if r != nil {
		return r
	}
	for _, m := range wanted {
		if slices.Contains(g.members, m) {
			continue
		}
		if r := d.mayJoin(g, m); r != nil {
			return r
		}
		out.joined = append(out.joined, m)
	}
	for _, m := range g.members {
		if !slices.Contains(wanted, m) {
			out.left = append(out.left, m)
		}
	}
	return nil
}
