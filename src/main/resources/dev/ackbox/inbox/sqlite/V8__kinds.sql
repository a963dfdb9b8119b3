-- Name of the array that items are from; none of older records, and where a notification is not cut.
ALTER TABLE source ADD COLUMN kind TEXT;
