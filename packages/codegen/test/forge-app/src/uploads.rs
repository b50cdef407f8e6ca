//! Files alone, and among other values.

use forge::prelude::*;

/// What came of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Received {
    pub name: String,
    pub content_type: String,
    pub text: String,
}

impl From<&Upload> for Received {
    fn from(upload: &Upload) -> Self {
        Self {
            name: upload.name().to_owned(),
            content_type: upload.content_type().to_owned(),
            text: String::from_utf8_lossy(upload.bytes()).into_owned(),
        }
    }
}

#[forge::mutation(auth = "none")]
pub async fn upload_file(_ctx: &MutationContext, file: Upload) -> Result<Received> {
    Ok(Received::from(&file))
}
