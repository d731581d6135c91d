package desk

import (
	"context"
	"iter"
	"time"

	"dirdesk/desk/why"
	"dirdesk/models"
)

// Why says what keeps the owner of an account from logging on. fresh are accounts
// that are known to wait for a sync to DSM.
func (d *Desk) Why(o models.Object, zone *time.Location, fresh bool) why.Diagnosis {
	facts := why.Facts{Zone: zone, Unsynced: models.No}
	if has[DomainSyncer](d.backend) {
		facts.Unsynced = models.Unknown
	}
	if fresh {
		facts.Unsynced = models.Yes
	}
	return why.Of(o, d.options.Now(), facts)
}

// EachController asks all domain controllers about an account; nil where this
// connection reaches none of them.
func (d *Desk) EachController(ctx context.Context, ref models.Ref) iter.Seq2[[]models.AtController, error] {
	if reader, ok := Capability[ControllerReader](d.backend); ok {
		return reader.EachController(ctx, ref)
	}
	return nil
}
