import type { ManifestData } from "../manifest";

const where = {
  text: "AWS console → IAM → Users → the user → Security credentials → Create access key",
  url: "https://console.aws.amazon.com/iam/",
};

export const aws = {
  id: "aws",
  name: "Amazon Web Services",
  category: "cloud",
  description: "Every AWS service with an HTTP API: S3, Lambda, DynamoDB, EC2 and the others.",
  websiteUrl: "https://aws.amazon.com",
  docsUrl: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html",
  params: [
    {
      name: "region",
      label: "Region",
      example: "eu-central-1",
      help: "Services without a region, such as IAM, are reached through us-east-1.",
      pattern: "^[a-z]{2}(-[a-z]+){1,2}-[0-9]$",
    },
  ],
  auth: [
    {
      kind: "aws_sigv4",
      id: "access-key",
      label: "Access key",
      description:
        "Each request is signed; the secret itself never leaves the hub. Make a user for the hub that may do only what it needs.",
      fields: [
        {
          name: "accessKeyId",
          label: "Access key ID",
          input: "text",
          pattern: "^A[A-Z0-9]{15,127}$",
          example: "AKIAIOSFODNN7EXAMPLE",
          where,
        },
        {
          name: "secretAccessKey",
          label: "Secret access key",
          help: "Shown once, when the key is made.",
          where,
        },
        {
          name: "sessionToken",
          label: "Session token",
          required: false,
          default: "",
          help: "Only for temporary keys, which begin with ASIA and end after some hours.",
        },
      ],
      region: "{region}",
    },
  ],
  request: { base: "https://sts.{region}.amazonaws.com", headers: { Accept: "application/json" } },
  test: {
    method: "POST",
    url: "/",
    bodyStyle: "form",
    body: { Action: "GetCallerIdentity", Version: "2011-06-15" },
    account: "/GetCallerIdentityResponse/GetCallerIdentityResult/Arn",
  },
  errors: { messagePointers: ["/Error/Message", "/message", "/Message"] },
} satisfies ManifestData;
