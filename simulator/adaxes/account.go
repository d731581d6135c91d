package adaxes

import (
	"strconv"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

func (h writing) enable(c *call) (answer, *failure)  { return h.setDisabled(c, 0) }
func (h writing) disable(c *call) (answer, *failure) { return h.setDisabled(c, models.UACDisabled) }

func (h writing) setDisabled(c *call, value int32) (answer, *failure) {
	return h.onAccount(c, func(object) directory.Operation {
		return directory.Operation{Attributes: []directory.AttributeChange{maskedBits(value, models.UACDisabled)}}
	})
}

func (h writing) unlock(c *call) (answer, *failure) {
	return h.onAccount(c, func(object) directory.Operation { return directory.Operation{Unlock: true} })
}

func (h writing) resetPassword(c *call) (answer, *failure) {
	return h.onAccount(c, func(body object) directory.Operation {
		secret := models.NewSecret(body.text("password"))
		if _, ok := body.raw("password"); !ok {
			body.r.complain("password", missing("password"))
		}
		op := directory.Operation{Password: &secret}
		op.Unlock, _ = body.flag("unlockAccount")
		raw, ok := body.raw("options")
		if !ok {
			return op
		}
		options := body.r.object(raw, "options")
		var value, mask int32
		for _, b := range []struct {
			name string
			bit  int32
		}{{"cannotChangePassword", models.UACCannotChange}, {"passwordNeverExpires", models.UACNeverExpires}} {
			if on, known := options.flag(b.name); known {
				mask |= b.bit
				if on {
					value |= b.bit
				}
			}
		}
		if mask != 0 {
			op.Attributes = append(op.Attributes, maskedBits(value, mask))
		}
		if must, known := options.flag("mustChangePassword"); known {
			op.MustChange = models.FlagOf(must)
		}
		return op
	})
}

// onAccount reads the body that names an account and does an operation on it.
func (h writing) onAccount(c *call, read func(body object) directory.Operation) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	id, op := body.required("directoryObject"), read(body)
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	dn, failed := h.resolve(id)
	if failed != nil {
		return answer{}, failed
	}
	return h.operate(c, deed{dn: dn}, func() (done, error) {
		after, changed, err := h.options.Directory.Operate(dn, op)
		return done{dn: after, same: !changed}, err
	})
}

func maskedBits(value, mask int32) directory.AttributeChange {
	return directory.AttributeChange{
		Name: "userAccountControl", Values: []string{strconv.Itoa(int(value))}, Masked: true, Mask: mask,
	}
}
