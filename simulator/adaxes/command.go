package adaxes

import "dirdesk/models"

// command executes a custom command on an object.
func (h writing) command(c *call) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	id, command := body.required("directoryObject"), body.required("customCommandId")
	for i, raw := range body.list("parameters") {
		r.object(raw, body.item("parameters", i)).required("name")
	}
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	dn, failed := h.resolve(id)
	switch {
	case failed != nil:
		return answer{}, failed
	case !anyCommand(command):
		return answer{}, noSuchObject(command)
	}
	return h.operate(c, deed{dn: dn}, func() (done, error) {
		return done{dn: dn, warnings: []message{say(models.MessageInformation, "", commandWords)}}, nil
	})
}
