package activedirectory

import (
	"context"

	"dirdesk/models"
)

// Tokens gives the SIDs of an object and of all groups that it is in, through
// other groups and by its primary group too, as the server works them out;
// marked is adminCount, which Windows keeps of who is or was in a protected group.
func (b *reader) Tokens(ctx context.Context, ref models.Ref) (sids []string, marked bool, err error) {
	err = b.use(ctx, func() bool { return true }, func(c *conn) error {
		entry, err := c.read(ctx, b.silence, named(ref), anything, "objectSid", "tokenGroups", "adminCount")
		if err != nil {
			return err
		}
		a := attributesOf(entry)
		sids = sidsOf(a)
		count, _ := a.number("adminCount")
		marked = count > 0
		return nil
	})
	return sids, marked, resultError("read the groups of", string(ref.DN), err)
}

// sidsOf are the SIDs of an object and of all groups that it is in.
func sidsOf(a attributes) (sids []string) {
	for _, name := range []string{"objectsid", "tokengroups"} {
		if attribute, there := a[name]; there {
			for _, value := range attribute.ByteValues {
				sids = append(sids, models.SIDText(value))
			}
		}
	}
	return sids
}
