package synology

import (
	"errors"

	"dirdesk/models"
)

// scrubText takes every secret this client holds out of a server's words.
func (c *Client) scrubText(text string) string {
	c.mu.Lock()
	s, device, issued := c.session, c.device, c.issued
	c.mu.Unlock()
	return scrub(text, c.password.Reveal(), s.sid, s.token, device.Reveal(), issued.Reveal())
}

// scrubbed does the same to the words inside an error of the envelope.
func (c *Client) scrubbed(err error) error {
	var (
		refused *failure
		known   *models.Error
	)
	switch {
	case errors.As(err, &refused):
		refused.text = c.scrubText(refused.text)
		for i := range refused.details {
			d := &refused.details[i]
			d.words, d.name = c.scrubText(d.words), c.scrubText(d.name)
			d.reason, d.path = c.scrubText(d.reason), c.scrubText(d.path)
		}
	case errors.As(err, &known):
		known.Server = c.scrubText(known.Server)
	}
	return err
}
